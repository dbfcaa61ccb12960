using ConnectorDb.Core.Storage.Segments.Packing;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage.Segments.Packing;

public sealed class IntegerSequenceTests
{
    private static readonly Gen<int> s_count = Gen.OneOf(Gen.Int[1, 10], Gen.Int[250, 260], Gen.Int[500, 3000]);

    [Fact]
    public void Numbers_of_any_width_are_restored()
        => Gen.Select(s_count, Gen.Int[0, 63]).SelectMany((count, bits) => Gen.Long.Select(value => value >> bits).Array[count]).Sample(ComeBack);

    [Fact]
    public void Drifting_numbers_are_restored()
        => Gen.Select(s_count, Gen.Int[20, 63]).SelectMany((count, bits) => Gen.Long.Select(value => value >> bits).Array[count]).Sample(steps =>
        {
            long sum = 0;
            long slope = 0;
            ComeBack(Array.ConvertAll(steps, step => sum += step));
            ComeBack(Array.ConvertAll(steps, step => sum += slope += step));
        });

    [Fact]
    public void Sparse_numbers_are_restored()
        => s_count.SelectMany(count => Gen.Frequency((100, Gen.Const(7L)), (1, Gen.Long)).Array[count]).Sample(ComeBack);

    [Fact]
    public void Every_predictor_restores_its_input()
        => Gen.Select(s_count.SelectMany(count => Gen.Long.Array[count]), Gen.Long).Sample((values, center) =>
        {
            foreach (Predictor predictor in Predictor.All)
            {
                long[] errors = new long[values.Length];
                Seed seed = predictor.ChooseSeed(values, center);
                predictor.Predict(values, seed, errors);
                predictor.Restore(errors, seed);
                Assert.Equal(values, errors);
            }
        });

    [Fact]
    public void A_straight_line_equals_the_restored_values()
        => Gen.Select(Gen.Int[1, 50], Gen.Long, Gen.Long).Sample((count, first, error) =>
        {
            foreach (Predictor predictor in Predictor.All)
            {
                long[] filled = new long[count];
                long[] restored = new long[count];
                Array.Fill(restored, error);
                predictor.Fill(filled, new Seed(first, 3), error);
                predictor.Restore(restored, new Seed(first, 3));
                Assert.Equal(restored, filled);
            }
        });

    private static void ComeBack(long[] values)
    {
        using ByteWriter writer = new();
        IntegerSequence.Write(writer, values);
        ByteReader reader = new(writer.Written);
        long[] read = new long[values.Length];
        IntegerSequence.Read(ref reader, read);
        Assert.Equal(values, read);
        Assert.Equal(0, reader.Left);
    }
}
