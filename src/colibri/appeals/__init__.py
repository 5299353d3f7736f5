"""Job searches and causes: intake, eligibility, publication, lifecycle, answers from readers."""
