using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Counts the entries of a long list that a request keeps in memory as memory of the queries of its user, until the disposal. Short lists count nothing.</summary>
internal sealed class EntryMemory(HttpContext context) : IDisposable
{
    /// <summary>Entries that count together: of usual size, they take a mebibyte, which is the unit in which the memory of a user is taken.</summary>
    private const int Step = 1500;

    private const long BytesOfStep = 1 << 20;

    private readonly List<IDisposable> _held = [];
    private int _count;

    /// <summary>Adds an entry.</summary>
    /// <exception cref="QueryLimitException">The lists and queries of the user that run need too much memory.</exception>
    public void Add()
    {
        if (++_count % Step == 0)
        {
            _held.Add(context.RequestServices.GetRequiredService<CdbEngine>().Hold(context.Caller().Login, BytesOfStep));
        }
    }

    public void Dispose() => _held.ForEach(held => held.Dispose());
}
