"""Why a network does not learn: findings with their evidence, what helps, and a trial of it on a copy."""
