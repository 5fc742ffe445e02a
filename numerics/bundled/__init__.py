"""Image sets small enough to ship; README.md says where they come from."""
