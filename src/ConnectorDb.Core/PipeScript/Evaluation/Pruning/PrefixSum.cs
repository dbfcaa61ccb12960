namespace ConnectorDb.Core.PipeScript.Evaluation.Pruning;

/// <summary>A running sum before datapoints are added to it one after the other, and after.</summary>
internal readonly record struct PrefixSum(double Before, double After);
