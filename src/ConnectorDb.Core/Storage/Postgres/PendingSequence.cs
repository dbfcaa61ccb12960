using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>A sequence with the appends of a group, before they are stored.</summary>
internal sealed class PendingSequence(SequenceKey key, SequenceHead head)
{
    public SequenceKey Key { get; } = key;

    /// <summary>The end in the database, to which the appends belong.</summary>
    public SequenceHead Head { get; } = head;

    /// <summary>The last segment with the appends.</summary>
    public SegmentBounds? Last { get; private set; } = head.Last;

    public bool IsChanged => Segments.Count > 0 || DropsTail;

    /// <summary>The rows of the tail in the database are replaced.</summary>
    public bool DropsTail { get; private set; }

    /// <summary>The new rows.</summary>
    public List<StoredSegment> Segments { get; private init; } = [];

    public void Add(StoredSegment segment)
    {
        Segments.Add(segment);
        Last = segment.Bounds;
    }

    /// <summary>Removes the new rows of the tail, and those of the database.</summary>
    public List<StoredSegment> TakeTail()
    {
        List<StoredSegment> tail = Segments.FindAll(segment => !segment.Bounds.IsSealed);
        Segments.RemoveAll(segment => !segment.Bounds.IsSealed);
        DropsTail = true;
        return tail;
    }

    public PendingSequence Copy() => new(Key, Head) { Last = Last, DropsTail = DropsTail, Segments = [.. Segments] };
}
