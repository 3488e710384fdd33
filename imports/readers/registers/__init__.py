"""Line formats of banks and processing centres that are not tables with a header."""
