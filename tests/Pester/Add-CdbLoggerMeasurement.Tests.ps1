BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Add-CdbLoggerMeasurement' {
    It 'rejects other names' {
        Add-CdbLoggerMeasurement strict -Field a -Tag b
        Write-CdbLog -Measurement strict -Field @{ a = 1 } -Tag @{ b = 2 }
        { Write-CdbLog -Measurement strict -Field @{ c = 1 } } | Should -Throw -ErrorId 'InvalidValue*'
    }

    It 'refuses a hashtable, whose values would be lost: <Case>' -ForEach @(
        @{ Case = 'types of fields'; By = { Add-CdbLoggerMeasurement typed -Field @{ t = 'number'; h = @{ schema = 'number' } } }; Says = "*'Field'*only names*Give the names: 'h', 't'." }
        @{ Case = 'values of tags'; By = { Add-CdbLoggerMeasurement typed -Field t -Tag @{ "it's" = 'north' } }; Says = "*'Tag'*Give the names: 'it''s'." }
    ) {
        { & $by } | Should -Throw -ErrorId 'ParameterArgumentTransformationError*' -ExpectedMessage $says
        { Add-CdbLoggerMeasurement typed -Field other } | Should -Not -Throw
    }

    It 'has its former name' { (Get-Command New-CdbMeasurement).Definition | Should -Be 'Add-CdbLoggerMeasurement' }

    It 'accepts the same declaration again, and refuses another one: <Case>' -ForEach @(
        @{ Case = 'other fields'; By = { Add-CdbLoggerMeasurement twice a, c -Tag b }; Says = "*'twice' is already declared with the fields a.*-Replace*" }
        @{ Case = 'other tags'; By = { Add-CdbLoggerMeasurement twice a -Tag c }; Says = "*with the tags b.*" }
        @{ Case = 'a stream'; By = { Add-CdbLoggerStream twice -Force }; Says = "*of the kind Measurement*" }
        @{ Case = 'a stream in its place'; By = { Add-CdbLoggerStream twice -Force -Replace }; Says = "*of the kind Measurement*" }
        @{ Case = 'a value of a stream'; By = { Set-CdbLogger -AutoDeclare; Write-CdbLog twice 1 }; Says = "*of the kind Measurement*" }
        @{ Case = 'a field that is a tag'; By = { Add-CdbLoggerMeasurement other a, b -Tag b }; Says = "*'b' cannot be a field and a tag*" }
    ) {
        Add-CdbLoggerMeasurement twice a -Tag b -Replace
        Add-CdbLoggerMeasurement twice a -Tag b
        { & $by } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage $says
        Add-CdbLoggerMeasurement twice a, c -Replace
        Write-CdbLog -Measurement twice -Field @{ c = 1 }
    }
}
