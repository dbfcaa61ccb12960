using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Schemas;

/// <summary>Limits the work for one value, so that no schema can keep the processor busy or overflow the stack.</summary>
/// <param name="weight">The approximate size of the value in bytes; a larger value may take longer.</param>
internal sealed class ValidationBudget(long weight)
{
    private const long AnyValue = 500_000;
    private const long EachByte = 50;
    private long _left = AnyValue + (EachByte * weight);

    /// <exception cref="InsufficientExecutionStackException">The budget or the stack is exhausted.</exception>
    public void Spend(long work = 1)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _left -= work;
        if (_left < 0)
        {
            throw new InsufficientExecutionStackException();
        }
    }
}
