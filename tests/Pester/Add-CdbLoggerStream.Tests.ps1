BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Add-CdbLoggerStream' {
    It 'declares a stream with its schema, without a connection' {
        Add-CdbLoggerStream doors -Schema boolean -Force
        $logger.Streams | Should -Contain 'doors'
        { Write-CdbLog doors 'open' } | Should -Throw -ErrorId 'SchemaViolation*'
    }
}
