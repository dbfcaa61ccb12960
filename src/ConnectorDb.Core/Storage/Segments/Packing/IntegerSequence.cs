namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Encodes 64-bit integers: a predictor, the center of its errors, its seed, then the zigzag-encoded errors in one of the
/// packings. All other codecs end here.
/// </summary>
internal static class IntegerSequence
{
    /// <summary>Below this number of bytes a byte stream split is never smaller.</summary>
    private const int SmallSize = 48;

    /// <summary>A byte stream split is slower to read, so it must be smaller than the other packings by one part in this many.</summary>
    private const int LeastGain = 16;

    private enum Packing
    {
        AllCentral,
        Frames,
        Planes,
        Sparse,
    }

    /// <param name="writer">The target.</param>
    /// <param name="values">At least one.</param>
    public static void Write(ByteWriter writer, ReadOnlySpan<long> values)
    {
        PredictorChoice choice = PredictorChoice.For(values);
        Predictor predictor = Predictor.All[choice.Index];
        Seed seed = predictor.ChooseSeed(values, choice.Center);
        writer.Byte((byte)choice.Index);
        writer.SignedVarint(choice.Center);
        writer.SignedVarint(seed.Value);
        writer.SignedVarint(seed.Step);

        using RentedArray<long> errors = new(values.Length);
        predictor.Predict(values, seed, errors.Span);
        ulong all = ZigZag.Fold(errors.Span, choice.Center);
        if (all == 0)
        {
            writer.Byte((byte)Packing.AllCentral);
            return;
        }

        WritePacked(writer, errors.Span, all);
    }

    /// <summary>Reads all values.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static void Read(ref ByteReader reader, Span<long> values) => Read(ref reader, Head.Read(ref reader), values);

    /// <summary>Reads the selected values.</summary>
    /// <inheritdoc cref="Read(ref ByteReader, Span{long})"/>
    public static void Read(ref ByteReader reader, SelectionVector selection, Span<long> values)
    {
        Head head = Head.Read(ref reader);
        if (selection.AreAll)
        {
            Read(ref reader, head, values);
        }
        else if (head is { Packing: Packing.Planes, Predictor.IsLocal: true })
        {
            ByteStreamSplit.Read(ref reader, selection, values);
            ZigZag.Unfold(values, head.Center);
            head.Predictor.Restore(values, head.Seed);
        }
        else
        {
            using RentedArray<long> all = new(selection.RowCount);
            Read(ref reader, head, all.Span);
            selection.Pick(all.Span, values);
        }
    }

    /// <summary>Passes over <paramref name="count"/> values without decoding them.</summary>
    /// <inheritdoc cref="Read(ref ByteReader, Span{long})"/>
    public static void Skip(ref ByteReader reader, int count)
    {
        switch (Head.Read(ref reader).Packing)
        {
            case Packing.AllCentral:
                break;
            case Packing.Frames:
                BitPackedFrames.Skip(ref reader, count);
                break;
            case Packing.Planes:
                ByteStreamSplit.Skip(ref reader, count);
                break;
            case Packing.Sparse:
                SparseIntegers.Skip(ref reader, count);
                break;
            default:
                throw ByteReader.Unknown("a packing of integers");
        }
    }

    /// <summary>Reads the values as a straight line, if they are encoded as one.</summary>
    /// <inheritdoc cref="Read(ref ByteReader, Span{long})"/>
    public static bool TryReadLine(ref ByteReader reader, out LinearSequence line)
    {
        Head head = Head.Read(ref reader);
        line = default;
        return head.Packing == Packing.AllCentral && head.Predictor.TryLine(head.Seed, head.Center, out line);
    }

    private static void Read(ref ByteReader reader, Head head, Span<long> values)
    {
        switch (head.Packing)
        {
            case Packing.AllCentral:
                head.Predictor.Fill(values, head.Seed, head.Center);
                return;
            case Packing.Frames:
                BitPackedFrames.Read(ref reader, values);
                break;
            case Packing.Planes:
                ByteStreamSplit.Read(ref reader, values);
                break;
            case Packing.Sparse:
                SparseIntegers.Read(ref reader, values);
                break;
            default:
                throw ByteReader.Unknown("a packing of integers");
        }

        ZigZag.Unfold(values, head.Center);
        head.Predictor.Restore(values, head.Seed);
    }

    private static void WritePacked(ByteWriter writer, ReadOnlySpan<long> folded, ulong all)
    {
        int start = writer.Length;
        int framesSize = BitPackedFrames.Size(folded);
        int sparseSize = SparseIntegers.Size(folded);
        int simpleSize = Math.Min(framesSize, sparseSize);
        if (simpleSize > SmallSize)
        {
            writer.Byte((byte)Packing.Planes);
            ByteStreamSplit.Write(writer, folded, all);
            if (writer.Length - start < simpleSize - (simpleSize / LeastGain))
            {
                return;
            }

            writer.Rewind(start);
        }

        if (sparseSize < framesSize)
        {
            writer.Byte((byte)Packing.Sparse);
            SparseIntegers.Write(writer, folded);
        }
        else
        {
            writer.Byte((byte)Packing.Frames);
            BitPackedFrames.Write(writer, folded);
        }
    }

    /// <summary>The fields before the packed numbers.</summary>
    private readonly record struct Head(Predictor Predictor, long Center, Seed Seed, Packing Packing)
    {
        public static Head Read(ref ByteReader reader)
        {
            int index = reader.Byte();
            Predictor predictor = index < Predictor.All.Count
                ? Predictor.All[index]
                : throw ByteReader.Unknown($"predictor {index}");
            long center = reader.SignedVarint();
            Seed seed = new(reader.SignedVarint(), reader.SignedVarint());
            return new Head(predictor, center, seed, (Packing)reader.Byte());
        }
    }
}
