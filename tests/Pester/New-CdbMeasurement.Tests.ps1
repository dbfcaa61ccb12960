BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbMeasurement' {
    It 'rejects other names' {
        New-CdbMeasurement strict -Field a -Tag b
        Write-CdbLog -Measurement strict -Field @{ a = 1 } -Tag @{ b = 2 }
        { Write-CdbLog -Measurement strict -Field @{ c = 1 } } | Should -Throw -ErrorId 'InvalidValue*'
    }
}
