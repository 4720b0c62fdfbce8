"""Reading apart from the program: saved pages are hostile, so a process that may die reads them.

The program opens the file and hands its bytes over; the process can open nothing of the person's, write
nothing, reach no network and start no other program, and has so much time and memory. Whatever ends it
is one sentence for that file.
"""
