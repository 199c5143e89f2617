def load(book):
    pass
