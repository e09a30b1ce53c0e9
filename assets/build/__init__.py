"""Makes the files of assets/ from public packages; run rarely: `python -m assets.build`."""
