"""This file is about how the server runs, in the demo and in a clinic: threads, limits."""

worker_class = "gthread"
workers = 2
threads = 8
timeout = 30
graceful_timeout = 10
keepalive = 5
# The control socket opens a thread before the fork, which has left workers hanging.
control_socket_disable = True
# The application records requests and who made them; a second log would hold patients' URLs.
accesslog = None
errorlog = "-"
loglevel = "warning"
limit_request_line = 4094
limit_request_fields = 64
