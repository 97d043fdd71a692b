"""Why a place is rated as it is, in one screen: components, their history and place in the year, what moved them."""
