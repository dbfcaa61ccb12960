using System.Reflection;
using ConnectorDb.Contracts;

namespace ConnectorDb.Writer;

/// <summary>
/// A connection that is cut now and then, before a call reaches the database or after: the caller cannot tell which.
/// </summary>
public class CuttingClient : DispatchProxy
{
    private ICdbClient _inner = null!;
    private Func<string, Cut> _next = null!;

    public enum Cut
    {
        None,
        Before,
        After,
    }

    /// <param name="next">What happens to the next call of this name.</param>
    public static ICdbClient Around(ICdbClient inner, Func<string, Cut> next)
    {
        ICdbClient proxy = Create<ICdbClient, CuttingClient>();
        CuttingClient self = (CuttingClient)proxy;
        self._inner = inner;
        self._next = next;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Cut cut = targetMethod!.Name.EndsWith("Async", StringComparison.Ordinal) && targetMethod.Name != "DisposeAsync" ? _next(targetMethod.Name) : Cut.None;
        if (cut == Cut.Before)
        {
            throw Lost();
        }

        object? answer;
        try
        {
            answer = targetMethod.Invoke(_inner, args);
        }
        catch (TargetInvocationException error)
        {
            throw error.InnerException!;
        }

        return cut == Cut.After ? throw Lost() : answer;
    }

    private static StoreException Lost() => new(StoreFault.Unreachable, "The connection was cut. Try again.", null);
}
