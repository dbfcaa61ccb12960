using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>
/// A fast parser for the usual datapoints in the middle of an array: objects with only the members <c>t</c> and <c>d</c>, both numbers.
/// It stops before anything else, incomplete or invalid, which the general reader then handles.
/// </summary>
/// <remarks>
/// Text and position are local variables, which stay in registers. Small methods are inlined by attribute: the server's runtime makes no
/// profile that would do it, to save memory (docs/performance.md).
/// </remarks>
internal static class PlainDatapoints
{
    /// <summary>Adds datapoints to the builder until it is full or something else follows.</summary>
    /// <param name="json">The text after a datapoint of the array.</param>
    /// <param name="noTime">The time of a datapoint without <c>t</c>.</param>
    /// <returns>The number of bytes read.</returns>
    public static int TakeInto(ReadOnlySpan<byte> json, BlockBuilder builder, int most, double noTime)
    {
        int at = 0;
        int taken = 0;
        while (builder.Count < most && Skip(json, ref at, ',') && Skip(json, ref at, '{') && TryTake(json, ref at, builder, noTime))
        {
            taken = at;
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTake(ReadOnlySpan<byte> json, ref int at, BlockBuilder builder, double noTime)
    {
        double t = noTime;
        bool hasTime = false;
        PlainNumber value = default;
        do
        {
            if (!TryName(json, ref at, out byte name) || !TryNumber(json, ref at, out PlainNumber number))
            {
                return false;
            }

            switch (name)
            {
                case (byte)'t' when !hasTime:
                    t = number.ToDouble();
                    hasTime = true;
                    break;
                case (byte)'d' when value.Length == 0:
                    value = number;
                    break;
                default:
                    return false;
            }
        }
        while (Skip(json, ref at, ','));

        if (value.Length == 0 || double.IsInfinity(t) || !Skip(json, ref at, '}'))
        {
            return false;
        }

        value.AddTo(builder, t);
        return true;
    }

    /// <summary>Skips spaces and the character; false when another character follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Skip(ReadOnlySpan<byte> json, ref int at, char wanted)
    {
        SkipSpaces(json, ref at);
        bool isThere = at < json.Length && json[at] == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>Reads a one-letter member name and its colon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryName(ReadOnlySpan<byte> json, ref int at, out byte name)
    {
        bool isBegun = Skip(json, ref at, '"');
        bool isName = isBegun && at + 1 < json.Length && json[at + 1] == '"';
        name = isName ? json[at] : (byte)0;
        at += isName ? 2 : 0;
        return isName && Skip(json, ref at, ':');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNumber(ReadOnlySpan<byte> json, scoped ref int at, out PlainNumber number)
    {
        SkipSpaces(json, ref at);
        bool isThere = PlainNumber.TryRead(json[at..], out number);
        at += number.Length;
        return isThere;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SkipSpaces(ReadOnlySpan<byte> json, ref int at)
    {
        while (at < json.Length && json[at] == ' ')
        {
            at++;
        }
    }
}
