"""The command `hopfield-edu site`: the course as a folder for any static host, to read and to run.

`book` makes the pages that are read (Sphinx), `lite` the course that runs in the browser (JupyterLite),
`packages` what its kernel loads (Pyodide, and wheels of our own), `command` puts them together.
"""
