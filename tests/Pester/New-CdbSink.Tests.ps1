BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbSink' {
    It 'hides secrets' {
        (New-CdbSink -GrafanaAnnotation http://localhost -Token swordfish | Format-List * | Out-String) | Should -Not -Match 'swordfish'
    }
}
