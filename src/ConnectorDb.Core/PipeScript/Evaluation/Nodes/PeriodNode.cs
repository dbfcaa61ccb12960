using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>The lengths of the periods in which the stream was true, or false.</summary>
internal sealed class PeriodNode(bool wanted) : Node
{
    private double? _start;
    private double? _latest;

    protected override Batch Run(Batch input)
    {
        EvaluationError? error = null;
        ReadOnlySpan<bool> values = Booleans.Read(input.Block, input.Block.Values, ref error).Span;
        BlockBuilder periods = new();
        for (int i = 0; i < values.Length; i++)
        {
            double time = input.Block.Times.Span[i];
            if (_start is { } start)
            {
                _latest = time;
                if (values[i] != wanted)
                {
                    periods.Add(time, time - start);
                    _start = null;
                    _latest = null;
                }
            }
            else if (values[i] == wanted)
            {
                _start = time;
            }
        }

        if (input.IsLast && error is null && _start is { } open && _latest is { } end)
        {
            periods.Add(end, end - open);
        }

        return input.With(periods.Build(), error);
    }
}
