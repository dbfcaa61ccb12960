using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Evaluation.Binding;

/// <summary>Computes constants when a script is parsed.</summary>
internal static class Constants
{
    private static readonly Batch s_anyDatapoint =
        new(new Block(new double[1], new ConstantColumn(DataValue.Null, 1)), IsLast: true);

    public static Plan Of(DataValue value) => new(_ => new ConstantNode(value)) { Constant = true, Value = value };

    /// <summary>The plan with its value, when it is constant and has one.</summary>
    public static Plan Fold(Plan plan)
    {
        if (!plan.Constant || plan.Value is not null)
        {
            return plan;
        }

        Batch answer = Evaluate(plan);
        if (answer.Error is not null)
        {
            return plan;
        }

        DataValue value = answer.Block.Values[0];
        return plan with { Factory = _ => new ConstantNode(value), Value = value };
    }

    /// <summary>The reason why a constant has no value.</summary>
    public static string Problem(Plan plan) => Evaluate(plan).Error?.Problem.Reason ?? "";

    private static Batch Evaluate(Plan plan) => plan.Start(new Activation(0, new WorkingMemory(QueryBudget.Embedded))).Process(s_anyDatapoint);
}
