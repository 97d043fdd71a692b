"""The area tree and the sites that can be inspected or warned."""
