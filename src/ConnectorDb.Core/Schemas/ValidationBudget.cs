using System.Runtime.CompilerServices;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Schemas;

/// <summary>Limits the work for one value, so that no schema can keep the processor busy or overflow the stack.</summary>
/// <param name="weight">The approximate size of the value in bytes; a larger value may take longer.</param>
/// <param name="all">Limits the time for all values of an append; null for no limit.</param>
internal sealed class ValidationBudget(long weight, QueryBudget? all = null)
{
    private const long AnyValue = 500_000;
    private const long EachByte = 50;
    private long _left = AnyValue + (EachByte * weight);

    /// <summary>Limits the time for all values of an append; null for no limit.</summary>
    public QueryBudget? All => all;

    /// <exception cref="InsufficientExecutionStackException">The budget or the stack is exhausted.</exception>
    public void Spend(long work = 1)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        all?.Step();
        _left -= work;
        if (_left < 0)
        {
            throw new InsufficientExecutionStackException();
        }
    }
}
