using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Encodes bytes by their frequencies with range asymmetric numeral systems (Duda, arXiv:1311.2540). Four states of 64 bits take turns;
/// each yields two bytes and is then, if it is below 2^31, refilled with a word of 32 bits. The format is the frequencies, the
/// states, the words. A last byte without a partner is paired with the first byte.
/// </summary>
internal static class RansCoder
{
    // A step of one state depends on the step before it. Four independent states keep the multipliers of the processor busy.
    private const int States = 4;

    // Two bytes between refills halve the number of refills; the headroom of 64 bits is enough for both.
    private const int Pair = 2;
    private const int WordBits = 32;
    private const int WordBytes = sizeof(uint);
    private const ulong Lowest = 1UL << 31;
    private const int SlotMask = RansFrequencies.Whole - 1;

    /// <summary>States stay below 2^63, so a pair may not start above this times both frequencies.</summary>
    private const int HeadroomBits = 63 - (Pair * RansFrequencies.WholeBits);

    /// <summary>The expected bytes of <see cref="Write"/>.</summary>
    public static double Size(ReadOnlySpan<int> counts, int total)
    {
        const double FixedBytes = 2 + (States * sizeof(ulong));
        const double BitsForLength = 4;
        double bits = BitsForLength * (1 + counts.LastIndexOfAnyExcept(0) - counts.IndexOfAnyExcept(0));
        foreach (int count in counts)
        {
            double rarity = Math.Log2((double)total / Math.Max(1, count));
            bits += count == 0 ? 0 : (count * rarity) + Math.Max(0, RansFrequencies.WholeBits - rarity);
        }

        return FixedBytes + (bits / 8);
    }

    /// <param name="writer">The target.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="counts">The number of occurrences of each byte value; at least two occur.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ByteWriter writer, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> counts)
    {
        Span<int> parts = stackalloc int[RansFrequencies.Symbols];
        RansFrequencies.Scale(counts, parts);
        RansFrequencies.Write(writer, parts);

        Span<int> starts = stackalloc int[RansFrequencies.Symbols];
        starts[0] = 0;
        for (int symbol = 1; symbol < starts.Length; symbol++)
        {
            starts[symbol] = starts[symbol - 1] + parts[symbol - 1];
        }

        // A state is a stack: the decoder reads bytes in the opposite order of the encoder. Encoding from the end lets it decode from the start.
        Span<ulong> states = stackalloc ulong[States];
        states.Fill(Lowest);
        int pairs = (bytes.Length + 1) / Pair;
        using RentedArray<byte> words = new(pairs * WordBytes);
        int free = words.Span.Length;
        for (int pair = pairs - 1; pair >= 0; pair--)
        {
            byte first = bytes[Pair * pair];
            byte second = (Pair * pair) + 1 < bytes.Length ? bytes[(Pair * pair) + 1] : bytes[0];
            ref ulong state = ref states[pair % States];
            if (state >> HeadroomBits >= (ulong)parts[first] * (ulong)parts[second])
            {
                free -= WordBytes;
                BinaryPrimitives.WriteUInt32LittleEndian(words.Span[free..], (uint)state);
                state >>= WordBits;
            }

            Push(ref state, parts[second], starts[second]);
            Push(ref state, parts[first], starts[first]);
        }

        foreach (ulong state in states)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(writer.GetSpan(sizeof(ulong)), state);
            writer.Advance(sizeof(ulong));
        }

        writer.Bytes(words.Span[free..]);
    }

    /// <param name="piece">All bytes of <see cref="Write"/>.</param>
    /// <param name="bytes">The room to fill.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ReadOnlySpan<byte> piece, Span<byte> bytes)
    {
        ByteReader reader = new(piece);
        Span<int> parts = stackalloc int[RansFrequencies.Symbols];
        RansFrequencies.Read(ref reader, parts);
        Span<uint> slots = stackalloc uint[RansFrequencies.Whole];
        Spread(parts, slots);

        Span<ulong> states = stackalloc ulong[States];
        foreach (ref ulong state in states)
        {
            state = BinaryPrimitives.ReadUInt64LittleEndian(reader.Bytes(sizeof(ulong)));
        }

        ReadOnlySpan<byte> words = reader.Bytes(reader.Left);
        int done = ReadRounds(ref words, slots, states, bytes);
        done += ReadLastRounds(ref words, slots, states, bytes[done..]);
        ReadRest(words, slots, states, bytes[done..]);
        if (states.IndexOfAnyExcept(Lowest) >= 0)
        {
            throw ByteReader.Damaged("coded bytes do not end where they should");
        }
    }

    private static void Push(ref ulong state, int parts, int start)
    {
        (ulong quotient, ulong remainder) = Math.DivRem(state, (ulong)parts);
        state = (quotient << RansFrequencies.WholeBits) + remainder + (ulong)start;
    }

    /// <summary>Makes the decoding table: for each slot the symbol (8 bits), the distance to the symbol's first slot (12 bits), and the symbol's frequency (12 bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(ReadOnlySpan<int> parts, Span<uint> slots)
    {
        int start = 0;
        for (int symbol = 0; symbol < parts.Length; symbol++)
        {
            uint slot = (uint)symbol | ((uint)parts[symbol] << 20);
            foreach (ref uint own in slots.Slice(start, parts[symbol]))
            {
                own = slot;
                slot += 1 << 8;
            }

            start += parts[symbol];
        }
    }

    /// <summary>Decodes whole rounds of all states while there are enough words for one; returns the number of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ReadRounds(ref ReadOnlySpan<byte> words, scoped ReadOnlySpan<uint> slots, scoped Span<ulong> states, Span<byte> bytes)
    {
        const int Round = States * Pair;
        ref byte word = ref MemoryMarshal.GetReference(words);
        ref uint table = ref MemoryMarshal.GetReference(slots);
        ref byte target = ref MemoryMarshal.GetReference(bytes);
        (ulong a, ulong b, ulong c, ulong d) = (states[0], states[1], states[2], states[3]);
        int taken = 0;
        int done = 0;
        for (; done + Round <= bytes.Length && taken + (States * WordBytes) <= words.Length; done += Round)
        {
            a = Pop(a, ref table, ref Unsafe.Add(ref target, done), ref word, ref taken);
            b = Pop(b, ref table, ref Unsafe.Add(ref target, done + 2), ref word, ref taken);
            c = Pop(c, ref table, ref Unsafe.Add(ref target, done + 4), ref word, ref taken);
            d = Pop(d, ref table, ref Unsafe.Add(ref target, done + 6), ref word, ref taken);
        }

        (states[0], states[1], states[2], states[3]) = (a, b, c, d);
        words = words[taken..];
        return done;
    }

    /// <summary>Decodes the rounds for which there may be too few words. When one byte value is much more frequent than all others, these are most.</summary>
    private static int ReadLastRounds(ref ReadOnlySpan<byte> words, scoped ReadOnlySpan<uint> slots, scoped Span<ulong> states, Span<byte> bytes)
    {
        const int Most = States * WordBytes;
        if (words.Length >= Most)
        {
            return 0;
        }

        Span<byte> room = stackalloc byte[2 * Most];
        room.Clear();
        words.CopyTo(room);
        ReadOnlySpan<byte> left = room[..(words.Length + Most)];
        int done = ReadRounds(ref left, slots, states, bytes);
        int missing = Most - left.Length;
        words = missing <= 0 ? words[^-missing..] : throw ByteReader.Damaged($"{CountText.Of(missing, "byte is", "bytes are")} missing in a coded piece");
        return done;
    }

    /// <summary>Decodes a pair from the state and refills it.</summary>
    /// <remarks>Without a branch: whether to refill depends on random bits, so a branch would be mispredicted half of the time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Pop(ulong state, ref uint table, ref byte target, ref byte words, ref int taken)
    {
        uint first = Unsafe.Add(ref table, (nint)(state & SlotMask));
        state = Next(state, first);
        uint second = Unsafe.Add(ref table, (nint)(state & SlotMask));
        state = Next(state, second);
        target = (byte)first;
        Unsafe.Add(ref target, 1) = (byte)second;

        ulong word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref words, taken));
        long isLow = (long)(state - Lowest) >> 63;
        taken -= (int)isLow * WordBytes;
        return (state << (int)(isLow & WordBits)) | (word & (ulong)isLow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ulong state, uint slot)
        => ((state >> RansFrequencies.WholeBits) * (slot >> 20)) + ((slot >> 8) & 0xFFF);

    private static void ReadRest(ReadOnlySpan<byte> words, ReadOnlySpan<uint> slots, Span<ulong> states, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i += Pair)
        {
            ref ulong state = ref states[i / Pair % States];
            for (int at = i; at < i + Pair; at++)
            {
                uint slot = slots[(int)(state & SlotMask)];
                state = Next(state, slot);
                if (at < bytes.Length)
                {
                    bytes[at] = (byte)slot;
                }
            }

            if (state < Lowest && words.Length >= WordBytes)
            {
                state = (state << WordBits) | BinaryPrimitives.ReadUInt32LittleEndian(words);
                words = words[WordBytes..];
            }
        }

        if (!words.IsEmpty)
        {
            throw ByteReader.Damaged($"{CountText.Of(words.Length, "byte is", "bytes are")} left over in a coded piece");
        }
    }
}
