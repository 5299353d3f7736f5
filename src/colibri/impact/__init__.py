"""What became of those who were relayed: questions now and then, answers in one tap, and honest figures.

What people say of themselves is told of ten and more only; what is told once stays as it was told.
"""
