"""What a teacher takes along: figures as vectors, slides of a chapter's core. Private: the commands count."""
