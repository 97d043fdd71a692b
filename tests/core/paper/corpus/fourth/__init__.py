"""The fourth part of the corpus: papers and wordings by one who had not read the rules, some of the papers long."""
