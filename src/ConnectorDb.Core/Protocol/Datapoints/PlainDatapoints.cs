using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>
/// A fast parser for the usual datapoints in the middle of an array: objects with only the members <c>t</c> and <c>d</c>, both numbers.
/// It stops before anything else, incomplete or invalid, which the general reader then handles.
/// </summary>
/// <remarks>Small methods are inlined by attribute: the server's runtime makes no profile that would do it, to save memory (docs/performance.md).</remarks>
/// <param name="json">The text after a datapoint of the array.</param>
internal ref struct PlainDatapoints(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The next byte, or 0 at the end; valid JSON contains no byte 0.</summary>
    private readonly byte Next => _at < _json.Length ? _json[_at] : (byte)0;

    /// <summary>Adds datapoints to the builder until it is full or something else follows.</summary>
    /// <param name="noTime">The time of a datapoint without <c>t</c>.</param>
    /// <returns>The number of bytes read.</returns>
    public int TakeInto(BlockBuilder builder, int most, double noTime)
    {
        int taken = 0;
        while (builder.Count < most && Skip(',') && Skip('{') && TryTake(builder, noTime))
        {
            taken = _at;
        }

        return taken;
    }

    private bool TryTake(BlockBuilder builder, double noTime)
    {
        double t = noTime;
        PlainNumber value = default;
        do
        {
            if (!TryName(out byte name) || !TryNumber(out PlainNumber number))
            {
                return false;
            }

            switch (name)
            {
                case (byte)'t':
                    t = number.ToDouble();
                    break;
                case (byte)'d':
                    value = number;
                    break;
                default:
                    return false;
            }
        }
        while (Skip(','));

        if (value.Length == 0 || double.IsInfinity(t) || !Skip('}'))
        {
            return false;
        }

        value.AddTo(builder, t);
        return true;
    }

    /// <summary>Skips spaces and the character; skips only the spaces when another character follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Skip(char wanted)
    {
        SkipSpaces();
        bool isThere = Next == wanted;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>Reads a one-letter member name and its colon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryName(out byte name)
    {
        bool isBegun = Skip('"');
        name = Next;
        _at++;
        return isBegun && Next == '"' && Skip('"') && Skip(':');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNumber(out PlainNumber number)
    {
        SkipSpaces();
        bool isThere = PlainNumber.TryRead(_json[Math.Min(_at, _json.Length)..], out number);
        _at += number.Length;
        return isThere;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpaces()
    {
        while (Next == ' ')
        {
            _at++;
        }
    }
}
