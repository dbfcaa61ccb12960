using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Evaluation.Bodies;

/// <summary>A body that restarts for each small stream, such as the values of an object.</summary>
internal sealed class PerValueBody(Plan plan, Activation activation)
{
    private int _starts;

    /// <summary>The results for a stream of values with one time.</summary>
    public Batch Process(double time, params DataValue[] values)
    {
        double[] times = new double[values.Length];
        Array.Fill(times, time);
        return plan.Start(activation.Of(_starts++)).Process(new Batch(new Block(times, new ValueColumn(values)), IsLast: true));
    }
}
