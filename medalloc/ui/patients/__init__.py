"""The Patients screen: who is first, by which rule, and what that means for groups."""
