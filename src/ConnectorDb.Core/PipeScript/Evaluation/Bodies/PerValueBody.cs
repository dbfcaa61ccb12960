using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Evaluation.Bodies;

/// <summary>A body that is started anew for a whole small stream: the values of an object.</summary>
internal sealed class PerValueBody(Plan plan, Activation activation)
{
    private int _starts;

    /// <summary>The answers to a stream of values that all have one time.</summary>
    public Batch Process(double time, params DataValue[] values)
    {
        double[] times = new double[values.Length];
        Array.Fill(times, time);
        return plan.Start(activation.Of(_starts++)).Process(new Batch(new Block(times, new ValueColumn(values)), IsLast: true));
    }
}
