namespace ConnectorDb.Columns;

/// <summary>Objects that are decoded when they are read: one member at a time, or all of them. It stays inside scripts.</summary>
internal sealed class LazyObjectColumn : Column, IObjectColumn
{
    private readonly Source _source;
    private readonly int _start;

    /// <param name="decoder">Decodes the objects.</param>
    /// <param name="projection">The members to decode at once.</param>
    public LazyObjectColumn(IObjectDecoder decoder, MemberProjection projection)
        : this(new Source(decoder, projection), 0, decoder.Count)
    {
        foreach (string name in projection.Names)
        {
            _source.Member(name);
        }
    }

    private LazyObjectColumn(Source source, int start, int count)
    {
        _source = source;
        _start = start;
        Count = count;
    }

    public override int Count { get; }

    public override DataValue this[int index] => _source.Objects[_start + index];

    public override Column Slice(int start, int count) => new LazyObjectColumn(_source, _start + start, count);

    public Column? Member(string name) => _source.Member(name)?.Slice(_start, Count);

    /// <summary>The same objects, decoded.</summary>
    public Column ToPlain() => _source.Objects.Slice(_start, Count);

    /// <summary>The decoded parts, shared by all slices.</summary>
    private sealed class Source(IObjectDecoder decoder, MemberProjection projection)
    {
        private readonly Dictionary<string, Column?> _members = new(StringComparer.Ordinal);

        public Column Objects
        {
            get
            {
                projection.AddObjects();
                return field ??= decoder.DecodeAll();
            }
        }

        public Column? Member(string name)
        {
            if (!_members.TryGetValue(name, out Column? member))
            {
                projection.Add(name);
                member = decoder.DecodeMember(name);
                _members.Add(name, member);
            }

            return member;
        }
    }
}
