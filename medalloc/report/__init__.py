"""What is handed over: tables, cards, and the board pack as PDF, HTML, workbook and JSON."""
