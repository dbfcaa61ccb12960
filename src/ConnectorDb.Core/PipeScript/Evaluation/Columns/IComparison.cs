using System.Runtime.Intrinsics;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>A comparison of two doubles, for the kernels. NaN compares false, except as not equal.</summary>
internal interface IComparison
{
    static abstract bool Of(double left, double right);

    /// <summary>All bits of an element are set where it holds.</summary>
    static abstract Vector256<double> Of(Vector256<double> left, Vector256<double> right);
}

internal readonly struct Less : IComparison
{
    public static bool Of(double left, double right) => left < right;

    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThan(left, right);
}

internal readonly struct LessOrEqual : IComparison
{
    public static bool Of(double left, double right) => left <= right;

    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThanOrEqual(left, right);
}

internal readonly struct Greater : IComparison
{
    public static bool Of(double left, double right) => left > right;

    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.GreaterThan(left, right);
}

internal readonly struct GreaterOrEqual : IComparison
{
    public static bool Of(double left, double right) => left >= right;

    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.GreaterThanOrEqual(left, right);
}

internal readonly struct Equal : IComparison
{
    public static bool Of(double left, double right) => left == right;

    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.Equals(left, right);
}

internal readonly struct NotEqual : IComparison
{
    public static bool Of(double left, double right) => left != right;

    public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => ~Vector256.Equals(left, right);
}
