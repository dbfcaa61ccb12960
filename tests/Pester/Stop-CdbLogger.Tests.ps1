BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Stop-CdbLogger' {
    It 'sends what waits before it closes' {
        $file = Join-Path $TestDrive 'b.jsonl'
        $other = Start-CdbLogger (Join-Path $TestDrive 'other.db') -Sink (New-CdbSink -JsonFile $file)
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        Stop-CdbLogger $other
        Get-Content $file | Should -HaveCount 1
    }
}
