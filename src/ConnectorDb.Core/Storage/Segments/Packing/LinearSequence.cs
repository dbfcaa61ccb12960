namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Integers that lie one step apart.</summary>
internal readonly record struct LinearSequence(long First, long Step)
{
    public long this[int position] => First + (position * Step);
}
