"""What changes appeals: intake, lifecycle, publishing, answers from readers."""
