"""From a template and data to paper. No Django in here: the child processes that set PDF load only what they need.

One source for both forms: the lawyer's DOCX. `docx_file` merges it; `typst_source` translates the same file once per
version into typst with the same merge fields, so that thousands of PDF pages cost as little as typst itself.
"""
