"""The Django REST Framework server that criptd is measured against."""
