using System.Numerics;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>A calculation with two doubles, for the kernels.</summary>
internal interface IArithmetic
{
    static abstract bool IsVectorized { get; }

    static abstract double Of(double left, double right);

    static abstract Vector<double> Of(Vector<double> left, Vector<double> right);
}

internal readonly struct Addition : IArithmetic
{
    public static bool IsVectorized => true;

    public static double Of(double left, double right) => left + right;

    public static Vector<double> Of(Vector<double> left, Vector<double> right) => left + right;
}

internal readonly struct Subtraction : IArithmetic
{
    public static bool IsVectorized => true;

    public static double Of(double left, double right) => left - right;

    public static Vector<double> Of(Vector<double> left, Vector<double> right) => left - right;
}

internal readonly struct Multiplication : IArithmetic
{
    public static bool IsVectorized => true;

    public static double Of(double left, double right) => left * right;

    public static Vector<double> Of(Vector<double> left, Vector<double> right) => left * right;
}

internal readonly struct Division : IArithmetic
{
    public static bool IsVectorized => true;

    public static double Of(double left, double right) => left / right;

    public static Vector<double> Of(Vector<double> left, Vector<double> right) => left / right;
}

/// <summary>The remainder with the sign of the dividend, as C's fmod.</summary>
internal readonly struct Remainder : IArithmetic
{
    public static bool IsVectorized => false;

    public static double Of(double left, double right) => left % right;

    public static Vector<double> Of(Vector<double> left, Vector<double> right) => throw new NotSupportedException();
}

internal readonly struct Power : IArithmetic
{
    public static bool IsVectorized => false;

    public static double Of(double left, double right) => Math.Pow(left, right);

    public static Vector<double> Of(Vector<double> left, Vector<double> right) => throw new NotSupportedException();
}
