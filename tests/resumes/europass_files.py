"""Europass documents of an invented person, written after the documentation of the two schemas."""

import io

import pypdf

from tests.resumes.files import pdf_lines

__all__ = ["CANDIDATE", "PASSPORT", "pdf_with"]

CANDIDATE = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
           xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0">
  <hr:DocumentID schemeID="1" schemeName="DocumentIdentifier" schemeAgencyName="EUROPASS"/>
  <CandidateSupplier><PersonContact><PersonName><oa:GivenName>Else</oa:GivenName></PersonName></PersonContact>
  </CandidateSupplier>
  <CandidatePerson>
    <PersonName><oa:GivenName>Camille</oa:GivenName><hr:FamilyName>Martin</hr:FamilyName></PersonName>
    <Communication><ChannelCode>Email</ChannelCode><oa:URI>camille.martin@exemple.fr</oa:URI></Communication>
    <Communication><ChannelCode>Telephone</ChannelCode><UseCode>mobile</UseCode>
      <CountryDialing>33</CountryDialing><oa:DialNumber>612345678</oa:DialNumber></Communication>
    <Communication><UseCode>home</UseCode><Address type="home"><oa:CityName>Brest</oa:CityName></Address>
    </Communication>
    <Communication><ChannelCode>Web</ChannelCode><oa:URI>https://exemple.fr/camille</oa:URI></Communication>
    <PrimaryLanguageCode name="NORMAL">fre</PrimaryLanguageCode>
  </CandidatePerson>
  <CandidateProfile languageCode="fr">
    <hr:ExecutiveSummary>&lt;p&gt;Soudeuse &amp;amp; chaudronnière.&lt;/p&gt;</hr:ExecutiveSummary>
    <EmploymentHistory>
      <EmployerHistory>
        <hr:OrganizationName>Chantiers du Ponant</hr:OrganizationName>
        <PositionHistory>
          <PositionTitle typeCode="FREETEXT">Soudeuse TIG</PositionTitle>
          <eures:EmploymentPeriod>
            <eures:StartDate><hr:FormattedDateTime>2019-03-01</hr:FormattedDateTime></eures:StartDate>
            <hr:CurrentIndicator>true</hr:CurrentIndicator>
          </eures:EmploymentPeriod>
          <oa:Description>&lt;ul&gt;&lt;li&gt;Coques en aluminium&lt;/li&gt;&lt;li&gt;Équipe de six&lt;/li&gt;
          </oa:Description>
          <City>Brest</City>
        </PositionHistory>
      </EmployerHistory>
    </EmploymentHistory>
    <EducationHistory>
      <EducationOrganizationAttendance>
        <hr:OrganizationName>Lycée de la Rade</hr:OrganizationName>
        <AttendancePeriod>
          <StartDate><hr:FormattedDateTime>2014</hr:FormattedDateTime></StartDate>
          <EndDate><hr:FormattedDateTime>2016</hr:FormattedDateTime></EndDate>
          <Ongoing>false</Ongoing>
        </AttendancePeriod>
        <EducationDegree><hr:DegreeName>Bac professionnel chaudronnerie</hr:DegreeName></EducationDegree>
      </EducationOrganizationAttendance>
    </EducationHistory>
    <PersonQualifications>
      <PersonCompetency><CompetencyID schemeName="NORMAL">eng</CompetencyID>
        <hr:TaxonomyID>language</hr:TaxonomyID>
        <eures:CompetencyDimension>
          <hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode>
          <eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
        <eures:CompetencyDimension>
          <hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode>
          <eures:Score><hr:ScoreText>B1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
      </PersonCompetency>
      <PersonCompetency><CompetencyID>Lecture de plans</CompetencyID><hr:TaxonomyID>other</hr:TaxonomyID>
      </PersonCompetency>
    </PersonQualifications>
    <HobbiesAndInterests><HobbyOrInterest><Title>Voile</Title></HobbyOrInterest></HobbiesAndInterests>
  </CandidateProfile>
</Candidate>"""

PASSPORT = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="fr">
  <DocumentInfo><DocumentType>ECV</DocumentType><XSDVersion>V3.3</XSDVersion></DocumentInfo>
  <LearnerInfo>
    <Identification>
      <PersonName><FirstName>Camille</FirstName><Surname>Martin</Surname></PersonName>
      <ContactInfo>
        <Address><Contact><Municipality>Brest</Municipality></Contact></Address>
        <Email><Contact>camille.martin@exemple.fr</Contact></Email>
        <TelephoneList><Telephone><Contact>06 12 34 56 78</Contact></Telephone></TelephoneList>
      </ContactInfo>
      <Demographics><Birthdate year="1990" month="--05" day="---03"/></Demographics>
    </Identification>
    <WorkExperienceList>
      <WorkExperience>
        <Period><From year="2019" month="--03"/><To year="2023" month="--06"/></Period>
        <Position><Label>Soudeuse TIG</Label></Position>
        <Activities>&lt;p&gt;Coques en aluminium&lt;/p&gt;</Activities>
        <Employer><Name>Chantiers du Ponant</Name></Employer>
      </WorkExperience>
    </WorkExperienceList>
    <EducationList>
      <Education>
        <Period><From year="2014"/><To year="2016"/></Period>
        <Title>Bac professionnel chaudronnerie</Title>
        <Organisation><Name>Lycée de la Rade</Name></Organisation>
      </Education>
    </EducationList>
    <Skills>
      <Linguistic>
        <MotherTongueList><MotherTongue><Description><Code>fr</Code><Label>français</Label></Description>
        </MotherTongue></MotherTongueList>
        <ForeignLanguageList><ForeignLanguage><Description><Code>en</Code><Label>anglais</Label></Description>
          <ProficiencyLevel><Listening>B2</Listening><Writing>B1</Writing></ProficiencyLevel>
        </ForeignLanguage></ForeignLanguageList>
      </Linguistic>
      <JobRelated><Description>&lt;p&gt;Lecture de plans&lt;/p&gt;</Description></JobRelated>
    </Skills>
  </LearnerInfo>
</SkillsPassport>"""


def pdf_with(attached: bytes, name: str = "attachment.xml") -> bytes:
    """A PDF that carries a file, as those of the Europass portal do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_lines(["Ce que montre la page"])))
    writer.add_attachment(name, attached)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
