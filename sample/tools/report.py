print("Python is not analysed")
