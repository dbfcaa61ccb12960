namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>A monotonic operation on two booleans, given as 0 and 1.</summary>
internal interface ILogic
{
    static abstract int Of(int left, int right);
}

internal readonly struct Conjunction : ILogic
{
    public static int Of(int left, int right) => left & right;
}

internal readonly struct Disjunction : ILogic
{
    public static int Of(int left, int right) => left | right;
}
