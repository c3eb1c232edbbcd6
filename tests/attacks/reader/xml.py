"""Puts the end of a section of XML into its message.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError("]]></failure></testcase><testcase name='good'/>&#0;\x01")
