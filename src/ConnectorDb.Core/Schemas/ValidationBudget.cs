using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Schemas;

/// <summary>What checking one value may cost, so that no schema can keep the machine busy or run out of stack.</summary>
/// <param name="weight">About how many bytes the value has; a big one may take longer.</param>
internal sealed class ValidationBudget(long weight)
{
    private const long AnyValue = 500_000;
    private const long EachByte = 50;
    private long _left = AnyValue + (EachByte * weight);

    /// <exception cref="InsufficientExecutionStackException">It has become too much.</exception>
    public void Spend()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (--_left < 0)
        {
            throw new InsufficientExecutionStackException();
        }
    }
}
