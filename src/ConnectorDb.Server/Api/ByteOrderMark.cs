using System.Buffers;

namespace ConnectorDb.Server.Api;

/// <summary>The three bytes with which some editors and programs begin a text in UTF-8.</summary>
internal static class ByteOrderMark
{
    private static ReadOnlySpan<byte> Utf8 => [0xEF, 0xBB, 0xBF];

    /// <summary>Moves <paramref name="bytes"/> behind the mark, if it is there.</summary>
    /// <param name="bytes">The start of a body.</param>
    /// <param name="isLast">No more bytes follow.</param>
    /// <returns>False when more bytes are needed to see whether it is there.</returns>
    public static bool TrySkip(ref ReadOnlySequence<byte> bytes, bool isLast)
    {
        if (bytes.FirstSpan is not [0xEF, ..])
        {
            return true;
        }

        Span<byte> start = stackalloc byte[Utf8.Length];
        start = start[..(int)Math.Min(bytes.Length, start.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        if (start.SequenceEqual(Utf8))
        {
            bytes = bytes.Slice(start.Length);
        }

        return isLast || start.Length == Utf8.Length || !Utf8.StartsWith(start);
    }
}
