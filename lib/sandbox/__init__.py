"""Uploads checked in a process of their own, with limits of memory and time: no file can take the server down.

`pool.Pool` is the one entry. It hands a file to a `process`, in which a `worker` sets its `limits` before it reads a byte of
it; `wire` brings the outcome back as Arrow and JSON, never as objects: the process has read what a stranger sent.
"""
