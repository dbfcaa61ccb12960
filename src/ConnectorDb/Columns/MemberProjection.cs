namespace ConnectorDb.Columns;

/// <summary>
/// The members of objects that a reader has used so far. Columns that are decoded later decode these members in advance.
/// </summary>
/// <remarks>
/// A script is not analysed: the first block shows which members it reads. The reader and the threads that decode in advance
/// share one instance.
/// </remarks>
internal sealed class MemberProjection
{
    private readonly Lock _lock = new();
    private string[] _names = [];

    /// <summary>The names of the members in the order of their first use.</summary>
    public IReadOnlyList<string> Names => Volatile.Read(ref _names);

    /// <summary>Whole objects were read, so decoding single members does not pay.</summary>
    public bool UsesObjects { get; private set; }

    public static MemberProjection Of(string name) => new() { _names = [name] };

    public void Add(string name)
    {
        lock (_lock)
        {
            if (!_names.Contains(name, StringComparer.Ordinal))
            {
                Volatile.Write(ref _names, [.. _names, name]);
            }
        }
    }

    public void AddObjects() => UsesObjects = true;
}
